/** Puts a text into the clipboard; answers whether the browser let the page do so. */
export async function copyText(written: string): Promise<boolean> {
  // A console on plain http inside a LAN has no clipboard of the newer kind.
  if ('clipboard' in navigator)
    return navigator.clipboard.writeText(written).then(
      () => true,
      () => false,
    );
  const field = document.createElement('textarea');
  field.value = written;
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
