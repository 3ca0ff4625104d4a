import type { Signal } from '../../shared/model/source.ts';
import { text } from '../store/language.svelte.ts';

/** What was heard or seen, and how far its directions tell where it is. */
export function signalWords({ kind, bearings, fixed }: Signal): string {
  const directions = bearings.map(({ bearingDeg }) => `${Math.round(bearingDeg)}°`).join(', ');
  const parts = [text(`signalKind.${kind}`), directions, fixed ? text('card.signalFixed') : ''];
  return parts.filter((part) => part !== '').join(' · ');
}
