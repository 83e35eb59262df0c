/** Has the browser save a file, in its own download folder and under its own rules. */
export function saveFile(file: { readonly fileName: string; readonly content: Blob }): void {
  const url = URL.createObjectURL(file.content);
  const link = document.createElement('a');
  link.href = url;
  link.download = file.fileName;
  link.click();
  // the download has its own hold on the blob once the click is through
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
