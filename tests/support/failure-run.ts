import { expect, onTestFinished } from 'vitest';
import { createToken } from '../../server/identity/tokens.ts';
import { openRecord } from '../../server/record/open-record.ts';
import type { PictureOut } from '../../shared/picture/picture.ts';
import { get, tally } from './failure-check.ts';
import { Feed, pulseUnit } from './failure-feed.ts';
import { notLiveMs, saidSince, Screen, type Seat } from './failure-screen.ts';
import { followings } from './failure-viewer.ts';
import { until } from './wait.ts';

/** The page says how true it is within this time (contract, "Promises"). */
const truthWithinMs = 5_000;

export interface Tokens {
  readonly feed: string;
  readonly watch: string;
  readonly wall: string;
}

/** Makes the tokens past every server: before the first of an embedded record, or beside those of a Redis. */
export async function tokensIn(env: Readonly<Record<string, string>>): Promise<Tokens> {
  const record = await openRecord({
    mode: 'live',
    dataDir: env['DATA_DIR'] ?? '',
    redisPrefix: env['REDIS_PREFIX'] ?? 'nightflash',
    ...(env['REDIS_URL'] === undefined ? {} : { redisUrl: env['REDIS_URL'] }),
    nowMs: Date.now,
  });
  const make = (role: 'feed' | 'watch' | 'wall'): Promise<string> =>
    createToken(record.shelf, { role }, Date.now());
  const tokens = { feed: await make('feed'), watch: await make('watch'), wall: await make('wall') };
  await record.close();
  return tokens;
}

/** A console and a wall of every kind at `url`, which leads to the server at `serverUrl`. */
export function seatsAt(url: string, serverUrl = url): Seat[] {
  return followings.flatMap((following) =>
    (['watch', 'wall'] as const).map((role) => ({ role, url, serverUrl, following })),
  );
}

interface RunPlan {
  readonly tokens: Tokens;
  readonly seats: readonly Seat[];
  /** Where the feeders send to. */
  readonly doors: readonly string[];
  /** Where the record is asked at the end what it has; the servers themselves. */
  readonly servers: readonly string[];
  readonly phoneNowMs?: () => number;
  readonly units?: number;
  readonly seed?: number;
}

/** What a scenario may do otherwise than the rule: nothing lost, nothing twice, all equal, no screen that lies. */
interface Expected {
  /** Acknowledged things may be gone; they are counted and said. */
  readonly mayLose?: boolean;
  /** Single fixes may be refused with these codes. */
  readonly mayRefuse?: readonly string[];
  /** No fix can be taken while the trouble lasts though the service itself is whole: screens rightly say live. */
  readonly mayStand?: boolean;
  readonly withinMs?: number;
  /** More to say in the line. */
  readonly note?: () => string;
}

export interface Figures {
  readonly lost: readonly string[];
  readonly recoveryMs: number;
  readonly oldestLiveMs: number;
}

/** Screens before a mission that is fed, through one trouble after another. */
export class FailureRun {
  readonly feed: Feed;
  readonly screens: readonly Screen[];
  tokens: Tokens;
  readonly #plan: RunPlan;
  #marks = 0;

  private constructor(plan: RunPlan) {
    this.#plan = plan;
    this.tokens = plan.tokens;
    this.feed = new Feed({
      seed: plan.seed ?? 1,
      doors: plan.doors,
      units: plan.units ?? 30,
      tokens: () => this.tokens,
      ...(plan.phoneNowMs === undefined ? {} : { phoneNowMs: plan.phoneNowMs }),
    });
    this.screens = plan.seats.map((seat) => new Screen(seat));
    for (const screen of this.screens) {
      screen.trueAgeMs = (followed) => this.feed.pulseAgeMs(followed.unit(pulseUnit)?.lon);
    }
    onTestFinished(async () => {
      for (const screen of this.screens) screen.close();
      this.feed.forget();
      await this.feed.stop();
    });
  }

  static async begin(plan: RunPlan): Promise<FailureRun> {
    const run = new FailureRun(plan);
    for (const screen of run.screens) await screen.open(run.tokens[screen.seat.role]);
    run.feed.start();
    await run.#allSee(10_000);
    const pulsing = (): boolean =>
      run.screens.every(({ followed }) => followed.unit(pulseUnit) !== undefined);
    await until(pulsing, { what: 'the pulse on every screen' });
    return run;
  }

  /** Everybody signs in anew, as after the tokens were lost with the record. */
  signInWith(tokens: Tokens): void {
    this.tokens = tokens;
    for (const screen of this.screens) screen.followed.signInWith(tokens[screen.seat.role]);
  }

  /**
   * Makes a trouble under load and takes it away (when `trouble` resolves it is over), waits until every screen is
   * live and shows a fix that was sent after it, and holds record and screens to their word. Prints one line.
   */
  async through(name: string, trouble: () => Promise<void>, expected: Expected = {}): Promise<Figures> {
    for (const screen of this.screens) screen.oldestLiveMs = 0;
    const begunMs = performance.now();
    await trouble();
    const overMs = performance.now();
    await this.#allSee(expected.withinMs ?? 40_000);
    const recoveryMs = performance.now() - overMs;
    const said = this.#said(begunMs);
    await this.feed.stop();
    const oldestLiveMs = Math.max(...this.screens.map((screen) => screen.oldestLiveMs));
    const unequal = await this.#unequal();
    const tallies = await Promise.all(
      this.#plan.servers.map((url) => tally(url, this.tokens.watch, this.feed.ledger)),
    );
    const lost = [...new Set(tallies.flatMap((one) => one.lost))];
    const doubled = [...new Set(tallies.flatMap((one) => one.doubled))];
    const { acknowledged, alerts, refused } = this.feed.ledger;
    const wrongly = refused.filter((code) => !(expected.mayRefuse ?? []).includes(code));
    process.stdout.write(
      `FAILURE ${name}: of ${acknowledged.size} fixes and ${alerts.size} alerts lost ${lost.length}, ` +
        `doubled ${doubled.length}${refused.length > 0 ? `, refused ${refused.length}` : ''}; ` +
        `${this.screens.length - unequal.length} of ${this.screens.length} screens equal; ` +
        `back in ${inS(recoveryMs)} after ${inS(overMs - begunMs)}; oldest picture called live ${inS(oldestLiveMs)}; ` +
        `${expected.note ? `${expected.note()}; ` : ''}screens: ${said}\n`,
    );
    if (!expected.mayLose) expect(lost, 'acknowledged and lost').toEqual([]);
    expect(doubled, 'there twice').toEqual([]);
    expect(wrongly, 'refused').toEqual([]);
    expect(unequal, 'screens that show something else').toEqual([]);
    if (!expected.mayStand)
      expect(oldestLiveMs, 'age of the oldest picture called live').toBeLessThan(truthWithinMs);
    this.feed.start();
    return { lost, recoveryMs, oldestLiveMs };
  }

  /** A fix that is sent now is on every screen, and every screen says live. */
  async #allSee(withinMs: number): Promise<void> {
    const unit = `mark-${++this.#marks}`;
    const deadlineMs = performance.now() + withinMs;
    await this.feed.mark(unit);
    await until(
      () => this.screens.every(({ followed, state }) => state.kind === 'live' && followed.unit(unit)),
      { what: 'every screen to be live again', timeoutMs: Math.max(1_000, deadlineMs - performance.now()) },
    ).catch((cause: unknown) => {
      const states = this.screens.map(
        ({ seat, state, followed }) =>
          `${seat.role} ${seat.following.wire} ${state.kind} at ${followed.cursor()} ${followed.unit(unit) ? 'with' : 'without'} the fix`,
      );
      throw new Error(`not every screen came back: ${states.join('; ')}`, { cause });
    });
  }

  /** Screens that, when all is quiet, do not come to hold what their server answers. */
  async #unequal(): Promise<string[]> {
    const found = await Promise.all(
      this.screens.map(async (screen) => {
        let differing: string[] = [];
        const isEqual = async (): Promise<boolean> => {
          const { role, serverUrl } = screen.seat;
          const picture = await get<PictureOut>(`${serverUrl}/api/picture`, this.tokens[role]);
          differing = screen.followed.differences(picture);
          return differing.length === 0;
        };
        await until(isEqual, { what: 'the same picture', timeoutMs: 10_000 }).catch(() => undefined);
        return differing
          .slice(0, 3)
          .map((text) => `${screen.seat.role} ${screen.seat.following.wire}: ${text}`);
      }),
    );
    return found.filter((texts) => texts.length > 0).map((texts) => texts.join('; '));
  }

  /** What the screens said: equal sequences together, with the times of the one that was away longest. */
  #said(fromMs: number): string {
    const groups = new Map<string, Screen[]>();
    for (const screen of this.screens) {
      screen.look();
      const kinds = saidSince(screen, fromMs).replace(/ [\d.]+ s/g, '');
      groups.set(kinds, [...(groups.get(kinds) ?? []), screen]);
    }
    return [...groups.values()]
      .map((group) => {
        const [longest] = [...group].sort((a, b) => notLiveMs(b, fromMs) - notLiveMs(a, fromMs));
        const who = group.map(({ seat }) => `${seat.role}/${seat.following.wire}`).join(', ');
        return `${who}: ${longest ? saidSince(longest, fromMs) : ''}`;
      })
      .join(' | ');
  }
}

function inS(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
