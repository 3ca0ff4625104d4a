/**
 * Runs in a page before anything else there: what would be drawn by the graphics card is drawn by nobody. A machine
 * that draws by software needs seconds for every map, and what is asked of most pages are words, keys and figures.
 */
export function paintNothing(): void {
  const prototype = WebGL2RenderingContext.prototype as unknown as Record<string, () => void>;
  for (const name of ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced'])
    prototype[name] = () => undefined;
}
