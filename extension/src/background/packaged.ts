// Files of the extension's own package. Nothing else is ever fetched.

export async function packaged(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(chrome.runtime.getURL(path));
  if (!response.ok) throw new Error(`${path} is not in the package`);
  return new Uint8Array(await response.arrayBuffer());
}
