// Sends a message on Enter or by the button and shows it as the server answered it.

const box = document.querySelector("#box");
const list = document.querySelector("#messages");
const log = document.querySelector("#log");

function draft() {
  return box.innerText.replace(/\n$/, "").trim();
}

async function send() {
  const text = draft();
  if (text === "") return;
  box.textContent = "";
  const response = await fetch("/messages", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text }),
  });
  if (!response.ok) {
    box.textContent = text;
    return;
  }
  list.insertAdjacentHTML("beforeend", await response.text());
  log.scrollTop = log.scrollHeight;
}

box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  void send();
});
document.querySelector("#send").addEventListener("click", () => void send());
log.scrollTop = log.scrollHeight;
