import { ageText, pictureAgeText, zuluSince } from '../../shared/messages/format.ts';
import type { LinkState } from '../store/link.ts';
import { language, text } from '../store/language.svelte.ts';

/** The state of the link in a few words, as it stands in the top bar. */
export function linkWords(state: LinkState, nowMs: number): string {
  switch (state.kind) {
    case 'connecting':
      return text('link.connecting');
    case 'live':
      return text('link.live');
    case 'behind':
      return text('link.behind', { age: ageText(state.behindS, language.code) });
    case 'stale':
      return state.sinceMs === undefined
        ? text('link.staleNever')
        : text('link.stale', { time: zuluSince(state.sinceMs, nowMs) });
    case 'offline':
      return state.sinceMs === undefined
        ? text('link.offlineNever')
        : text('link.offline', { time: zuluSince(state.sinceMs, nowMs) });
  }
}

/** The age of a live picture; nothing in the states that say since when instead. */
export function linkAge(state: LinkState): string | undefined {
  return state.kind === 'live' ? pictureAgeText(state.ageS, language.code) : undefined;
}

/** What the strip over the map says when the picture has stopped: what happened, what holds, what is being done. */
export function stoppedWords(state: LinkState, nowMs: number, attempts: number): string | undefined {
  if (state.kind !== 'stale' && state.kind !== 'offline') return undefined;
  const attempt = Math.max(1, attempts);
  if (state.sinceMs === undefined) {
    return state.kind === 'stale'
      ? text('link.stripStaleNever')
      : text('link.stripOfflineNever', { attempt });
  }
  const time = zuluSince(state.sinceMs, nowMs);
  return state.kind === 'stale'
    ? text('link.stripStale', { time })
    : text('link.stripOffline', { time, attempt });
}

/** The sentence read aloud when the state changes; without figures that change every second. */
export function spokenLink(state: LinkState): string {
  const time =
    'sinceMs' in state && state.sinceMs !== undefined ? zuluSince(state.sinceMs, state.sinceMs) : '';
  switch (state.kind) {
    case 'connecting':
      return text('link.saidConnecting');
    case 'live':
      return text('link.saidLive');
    case 'behind':
      return text('link.saidBehind');
    case 'stale':
      return time ? text('link.saidStale', { time }) : text('link.staleNever');
    case 'offline':
      return time ? text('link.saidOffline', { time }) : text('link.offlineNever');
  }
}
