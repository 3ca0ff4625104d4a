/** Ends a switch that must cover every case: a forgotten case is a type error, not a surprise at run time. */
export function unreachable(value: never): void {
  void value;
}
