// Sends a comment and shows it as the server answered it.

const box = document.querySelector("#comment");
const list = document.querySelector("#comments");
const status = document.querySelector("#status");

document.querySelector("#send").addEventListener("click", async () => {
  const text = box.value.trim();
  if (text === "") return;
  const response = await fetch("/comments", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text }),
  });
  if (!response.ok) {
    status.textContent = "Your comment could not be posted.";
    return;
  }
  list.insertAdjacentHTML("beforeend", await response.text());
  document.querySelector("#count").textContent = String(list.children.length);
  box.value = "";
  status.textContent = "Your comment is posted.";
});
