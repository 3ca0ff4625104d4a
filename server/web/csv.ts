/**
 * A text from outside as a CSV field (RFC 4180). One that a spreadsheet would run as a formula gets an apostrophe before
 * it (OWASP, "CSV injection"): names come from outside, and staff open the export on their desk.
 */
export function csvText(text: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
