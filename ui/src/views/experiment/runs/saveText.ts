/** Hand a text to the browser as a file to keep. */
export function saveText(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name.replace(/[/\\:*?"<>|]+/g, "-");
  link.click();
  // The browser reads the address after this call returns.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
