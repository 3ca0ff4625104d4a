import type { Priority } from '../../shared/model/alert-lists.ts';
import { protectionIncident } from '../../shared/model/alert-lists.ts';
import type { AlertOut } from '../../shared/model/alert.ts';
import type { Preferences } from '../../shared/model/preferences.ts';
import { isInTimes } from './times-of-day.ts';

/** Beyond P1 an operator hears one alarm in this time: what cries all night is switched off (EEMUA 191). */
export const budgetMs = 10 * 60_000;
/** A P1 that nobody has acknowledged sounds again this often. */
export const repeatMs = 10_000;
/** What was received longer ago than this and comes with the first picture is no news. */
export const newsMs = 60_000;
/** P1 is never below this. */
export const leastP1Volume = 0.1;
const maxSilenced = 200;

/** Why something new made no sound; each has its sentence under `silent.`. */
export type WhySilent =
  'rank' | 'old' | 'p2-off' | 'quiet' | 'volume' | 'budget' | 'p1' | 'restricted' | 'blocked';

/** Something new that made no sound. */
export interface Silenced {
  readonly alertId: string;
  readonly priority: Priority;
  readonly category: AlertOut['category'];
  /** When it would have sounded, server clock. */
  readonly atMs: number;
  readonly why: WhySilent;
}

/** What outlives a reload. */
export interface AlarmMemory {
  /** When the last alarm other than P1 sounded; undefined before the first. */
  readonly otherAtMs: number | undefined;
  /** Newest first. */
  readonly silenced: readonly Silenced[];
}

export interface AlarmFacts {
  readonly alerts: Iterable<AlertOut>;
  /** The server's clock. */
  readonly nowMs: number;
  readonly sound: Preferences['sound'];
  /** Minutes since midnight in the mission's local time. */
  readonly localMinutes: number;
  /** Whether the browser lets this page make a sound. */
  readonly canSound: boolean;
  /** On a wall nothing restricted, or that might be, makes a sound. */
  readonly isWall: boolean;
}

export interface Alarm {
  /** The tone to play now; P1 before P2. */
  readonly tone: { readonly priority: 'P1' | 'P2'; readonly volume: number } | undefined;
  /** Alerts that are news and are to be told of where nobody looks at the page: each once. */
  readonly news: readonly AlertOut[];
}

/**
 * Which alert makes a sound, and when: one that nobody has acknowledged, and one to which somebody who was sent seems
 * not to come. Pure: the page calls `judge` at every tick with what is true, and plays what
 * comes out. A P1 is never silenced by a rule of the operator; it repeats until somebody has acknowledged it, for
 * those who may do so, and sounds once for the others. Everything else is news once, and sounds if all rules let it.
 */
export class Alarms {
  #memory: AlarmMemory;
  /** What was judged already, as `id priority` and since when: an alert that is raised in priority is news again. */
  #judged: ReadonlySet<string> | undefined;
  /** P1 that have not sounded yet, by id. */
  #owed = new Set<string>();
  #p1AtMs = -Infinity;
  readonly #remember: (memory: AlarmMemory) => void;

  constructor(memory: AlarmMemory, remember: (memory: AlarmMemory) => void) {
    this.#memory = memory;
    this.#remember = remember;
  }

  get silenced(): readonly Silenced[] {
    return this.#memory.silenced;
  }

  /** Call it once the first picture is there, and from then on at every tick. */
  judge(facts: AlarmFacts): Alarm {
    const open = [...facts.alerts].filter((alert) => callsSinceMs(alert) !== undefined);
    const isFirst = this.#judged === undefined;
    const fresh = open.filter((alert) => !this.#judged?.has(keyOf(alert)));
    // What is acknowledged or gone is forgotten: an alert that is opened again is news.
    this.#judged = new Set(open.map(keyOf));
    const told = fresh.filter((alert) => !isFirst || isNews(alert, facts));
    const others = fresh.filter(({ priority }) => priority !== 'P1');
    const p1 = this.#judgeP1(open, fresh, facts);
    const judged = others.map((alert) => ({ alert, why: this.#whySilent(alert, isFirst, p1, facts) }));
    for (const { alert, why } of judged) if (why !== undefined) this.#silence(alert, why, facts.nowMs);
    const hasP2 = judged.some(({ why }) => why === undefined);
    if (hasP2) this.#keep({ ...this.#memory, otherAtMs: facts.nowMs });
    const volume = { P1: Math.max(leastP1Volume, facts.sound.volume), P2: facts.sound.volume };
    const sounding = p1 ? 'P1' : hasP2 ? 'P2' : undefined;
    const shown = judged.filter(({ why }) => why === undefined || why === 'blocked' || why === 'volume');
    return {
      tone: sounding && { priority: sounding, volume: volume[sounding] },
      news: [...told.filter(({ priority }) => priority === 'P1'), ...shown.map(({ alert }) => alert)],
    };
  }

  /** Whether the P1 tone is due now. */
  #judgeP1(open: readonly AlertOut[], fresh: readonly AlertOut[], facts: AlarmFacts): boolean {
    const loud = open.filter((alert) => alert.priority === 'P1' && !isMute(alert, facts));
    const isFresh = new Set(fresh.map(({ id }) => id));
    for (const alert of fresh) {
      if (alert.priority !== 'P1') continue;
      if (isMute(alert, facts)) this.#silence(alert, 'restricted', facts.nowMs);
      else if (!facts.canSound) this.#silence(alert, 'blocked', facts.nowMs);
    }
    const owed = loud.filter(({ id }) => isFresh.has(id) || this.#owed.has(id));
    this.#owed = new Set(owed.map(({ id }) => id));
    if (!facts.canSound) return false;
    const repeats = loud.some(({ allowed }) => allowed.includes('acknowledge'));
    const isDue = facts.nowMs - this.#p1AtMs >= repeatMs || facts.nowMs < this.#p1AtMs;
    if (owed.length === 0 && !(repeats && isDue)) return false;
    this.#owed.clear();
    this.#p1AtMs = facts.nowMs;
    return true;
  }

  /** Why something below P1 makes no sound; undefined where it sounds. One sound stands for all that come at once. */
  #whySilent(alert: AlertOut, isFirst: boolean, p1Sounds: boolean, facts: AlarmFacts): WhySilent | undefined {
    const { sound, nowMs } = facts;
    const { otherAtMs } = this.#memory;
    if (alert.priority !== 'P2') return 'rank';
    if (isMute(alert, facts)) return 'restricted';
    if (isFirst && !isNews(alert, facts)) return 'old';
    if (!sound.p2) return 'p2-off';
    if (isInTimes(facts.localMinutes, sound.quietFrom, sound.quietTo)) return 'quiet';
    if (sound.volume === 0) return 'volume';
    if (otherAtMs !== undefined && Math.abs(nowMs - otherAtMs) < budgetMs) return 'budget';
    if (p1Sounds) return 'p1';
    return facts.canSound ? undefined : 'blocked';
  }

  #silence({ id, priority, category }: AlertOut, why: WhySilent, atMs: number): void {
    const row: Silenced = { alertId: id, priority, category, atMs, why };
    // After a reload the same alert is judged again; it stands in the list once for one reason.
    const isKnown = (one: Silenced): boolean =>
      one.alertId === id && one.priority === priority && (one.why === why || why === 'old');
    if (this.#memory.silenced.some(isKnown)) return;
    this.#keep({ ...this.#memory, silenced: [row, ...this.#memory.silenced].slice(0, maxSilenced) });
  }

  #keep(memory: AlarmMemory): void {
    this.#memory = memory;
    this.#remember(memory);
  }
}

function keyOf(alert: AlertOut): string {
  return `${alert.id} ${alert.priority} ${callsSinceMs(alert)}`;
}

function isNews(alert: AlertOut, { nowMs }: AlarmFacts): boolean {
  return nowMs - (callsSinceMs(alert) ?? 0) < newsMs;
}

/** Since when an alert calls somebody, ms since 1970; undefined where it does not. */
export function callsSinceMs({ state, receivedAt, clock }: AlertOut): number | undefined {
  if (state === 'received') return Date.parse(receivedAt);
  const diversion = clock.segments.find((run) => run.segment === 'diversion' && run.endedAt === undefined);
  return diversion && Date.parse(diversion.startedAt);
}

/** Restricted, or of a category that is shown like restricted ones where names are lowered. */
export function isRestricted({ restricted, category }: Pick<AlertOut, 'restricted' | 'category'>): boolean {
  return restricted !== undefined || category === protectionIncident;
}

function isMute(alert: AlertOut, { isWall }: AlarmFacts): boolean {
  return isWall && isRestricted(alert);
}
