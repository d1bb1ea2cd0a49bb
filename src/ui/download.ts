/** Hands a file to the browser's download. */
export function download(name: string, content: Blob | string, type = 'text/plain;charset=utf-8'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content;
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has read the address by then; an immediate revoke loses it in some browsers.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A name without the characters file systems refuse. */
export const fileName = (text: string): string =>
  text
    .trim()
    .replace(/[\\/:*?"<>|\s]+/g, '-')
    .toLowerCase();
