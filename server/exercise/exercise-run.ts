import { Failure, type FailureCode } from '../../shared/failure.ts';
import type { Logger } from '../diagnostics/logger.ts';
import type { Picture } from '../picture/picture.ts';
import { actorOf } from './exercise-actors.ts';
import { createExerciseDesk, type ExerciseDoors } from './exercise-desk.ts';
import { dutiesOf, heldUnits, targetOf, type Duty } from './exercise-responders.ts';
import { villageCalls } from './exercise-villages.ts';
import { leftoverAlerts, leftoverThreats, tidyDuties } from './exercise-tidy.ts';
import type { Island } from './island.ts';
import type { ScenarioAction } from './scenario-actions.ts';
import { createScenario, type Scenario } from './scenario.ts';

const tickMs = 1_000;
/** After a pause (a laptop that slept) what was due longer ago is left out. */
const latestS = 120;
const mostWaiting = 500;

export interface ExerciseParts {
  readonly doors: ExerciseDoors;
  readonly island: Island;
  readonly seed: number;
  readonly nowMs: () => number;
  readonly log: Logger;
  /** What the script sees of its effect. Without it no unit answers its tasks and nothing is tidied away. */
  readonly picture?: () => Picture;
}

/**
 * Plays the scenario through the real doors until it is stopped: what it makes is recorded, folded and shown like
 * anything that comes from outside. A human may act first at any time; a step that is no longer possible is left out.
 */
export function startExercise(parts: ExerciseParts): { stop(): void } {
  const run = new ExerciseRun(parts);
  void run.tick();
  const timer = setInterval(() => void run.tick(), tickMs);
  return {
    stop() {
      clearInterval(timer);
      run.stop();
    },
  };
}

/** One run of an exercise, a round at a time: `startExercise` gives it a round each second. */
export class ExerciseRun {
  readonly #parts: ExerciseParts;
  readonly #scenario: Scenario;
  readonly #startMs: number;
  readonly #desk: ReturnType<typeof createExerciseDesk>;
  #waiting: ScenarioAction[] = [];
  #isAtWork = false;
  #isStopped = false;

  constructor(parts: ExerciseParts) {
    this.#parts = parts;
    this.#startMs = parts.nowMs();
    this.#scenario = createScenario(parts.island, parts.seed);
    this.#desk = createExerciseDesk(parts.doors, this.#startMs, newestFixes(parts.picture?.()));
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** One round. A round that takes longer than a second makes the next one bring more. */
  async tick(): Promise<void> {
    if (this.#isAtWork || this.#isStopped) return;
    this.#isAtWork = true;
    try {
      const atS = (this.#parts.nowMs() - this.#startMs) / 1_000;
      const due = this.#scenario.advance(atS).filter(({ dueS }) => dueS >= atS - latestS);
      this.#waiting = [...this.#waiting, ...due].slice(-mostWaiting);
      await this.#play();
      await this.#answer(atS);
    } catch (err) {
      this.#parts.log.warn({ err }, 'a round of the exercise failed');
    } finally {
      this.#isAtWork = false;
    }
  }

  /** Whatever the record cannot take now stays in line for the next round. */
  async #play(): Promise<void> {
    for (let action = this.#waiting[0]; action && !this.#isStopped; action = this.#waiting[0]) {
      const { kind } = action;
      const failure = await this.#desk.play(action).then(() => undefined, toFailure);
      if (failure && isPassing(failure.code)) return;
      if (failure)
        this.#parts.log.debug({ kind, code: failure.code }, 'an action of the exercise was left out');
      this.#waiting.shift();
    }
  }

  async #answer(atS: number): Promise<void> {
    const picture = this.#parts.picture?.();
    if (!picture) return;
    for (const id of leftoverThreats(picture, this.#desk.isOfThisRun))
      await this.#try(() => this.#desk.endThreat(id));
    await this.#callVillages(picture);
    this.#keepUnderWay(picture, atS);
    const under = { hasArrived: (unit: string): boolean => this.#scenario.hasArrived(unit, atS) };
    const nowMs = this.#parts.nowMs();
    const duties = [
      ...leftoverAlerts(picture, this.#desk.isOfThisRun),
      ...dutiesOf(picture, this.#scenario.units, under, nowMs),
      ...tidyDuties(picture, nowMs),
    ];
    for (const duty of duties) await this.#do(duty, atS);
  }

  async #callVillages(picture: Picture): Promise<void> {
    const { doors, island, nowMs } = this.#parts;
    for (const { villageId, contact } of villageCalls(picture, nowMs())) {
      const caller = actorOf('liaison', island.sectorOfPlace[villageId]);
      await this.#try(() => doors.villages.contacted(caller, villageId, contact));
    }
  }

  async #do(duty: Duty, atS: number): Promise<void> {
    const { by, alertId, step, body, sends } = duty;
    const isDone =
      !this.#isStopped && (await this.#try(() => this.#parts.doors.alerts.step(by, alertId, step, body)));
    if (isDone && sends) this.#scenario.send(sends.unit, sends.to, atS);
  }

  /** Units without a task go their own way again; those that were under way before a restart set off anew. */
  #keepUnderWay(picture: Picture, atS: number): void {
    const held = heldUnits(picture);
    const sent = this.#scenario.sent();
    for (const unit of sent) if (!held.has(unit)) this.#scenario.release(unit);
    for (const alert of picture.alerts.values()) {
      const to = targetOf(alert);
      const astray = alert.tasks.filter(
        ({ unit, state }) => state === 'en-route' && held.has(unit) && !sent.includes(unit),
      );
      for (const { unit } of astray) if (to) this.#scenario.send(unit, to, atS);
    }
  }

  async #try(work: () => Promise<unknown>): Promise<boolean> {
    const failure = await work().then(() => undefined, toFailure);
    if (failure) this.#parts.log.debug({ code: failure.code }, 'somebody else acted first in the exercise');
    return failure === undefined;
  }
}

/** Trouble that goes by: the same action is good later. */
function isPassing(code: FailureCode): boolean {
  return code === 'record-unavailable' || code === 'shutting-down';
}

function toFailure(reason: unknown): Failure {
  return reason instanceof Failure ? reason : new Failure('internal', String(reason), { cause: reason });
}

function newestFixes(picture: Picture | undefined): ReadonlyMap<string, number> {
  return new Map(
    [...(picture?.units ?? [])].flatMap(([id, { live }]) => (live ? [[id, live.timeMs] as const] : [])),
  );
}
