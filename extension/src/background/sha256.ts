// SHA-256 in hex, by the browser's own cryptography.

export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const sha256OfText = (text: string) => sha256Of(new TextEncoder().encode(text));
