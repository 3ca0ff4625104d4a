import { describe, expect, it } from 'vitest';
import { exerciseIsland, exerciseMission } from '../../../server/exercise/exercise-mission.ts';
import { ExerciseRun } from '../../../server/exercise/exercise-run.ts';
import type { Alert, Picture } from '../../../server/picture/picture.ts';
import { isOpen } from '../../../shared/model/alert-steps.ts';
import type { Principal } from '../../../shared/role.ts';
import { testServer, type TestServer } from '../../support/test-server.ts';

const island = exerciseIsland();
const human: Principal = { id: 'exercise-watch', role: 'watch', name: 'Human', units: [], sectors: [] };

interface Stage {
  readonly server: TestServer;
  readonly picture: () => Picture;
  newRun(): ExerciseRun;
  /** Lets so many seconds pass, a round each four. */
  play(run: ExerciseRun, seconds: number): Promise<void>;
}

async function setStage(): Promise<Stage> {
  let clockMs = Date.now() - 4 * 3_600_000;
  const nowMs = (): number => clockMs;
  const server = await testServer({ nowMs, mission: exerciseMission(island).file });
  const picture = (): Picture => server.livePicture.picture;
  const { doors, log } = server;
  return {
    server,
    picture,
    newRun: () => new ExerciseRun({ doors, island, seed: 2005, nowMs, log, picture }),
    async play(run, seconds) {
      for (let passed = 0; passed < seconds; passed += 4) {
        clockMs += 4_000;
        await run.tick();
      }
    },
  };
}

function openAlerts(picture: Picture): Alert[] {
  return [...picture.alerts.values()].filter(({ state }) => isOpen(state));
}

function leftP1(picture: Picture): Alert {
  const found = openAlerts(picture).find(({ priority, state }) => priority === 'P1' && state === 'received');
  if (!found) throw new Error('a P1 is left to the human');
  return found;
}

describe('an exercise through the real doors', () => {
  it('has all units, alerts and threats on the map within seconds', async () => {
    const { picture, newRun, play } = await setStage();
    const run = newRun();
    await run.tick();
    expect([...picture().units.values()].filter(({ live, registered }) => live && registered)).toHaveLength(
      60,
    );
    await play(run, 20);
    expect(openAlerts(picture()).length).toBeGreaterThanOrEqual(6);
    expect(picture().threats.size).toBeGreaterThanOrEqual(4);
    expect(picture().passedOver).toBe(0);
  });

  it('has units that answer a task that a human gives them, go there and report', async () => {
    const { server, picture, newRun, play } = await setStage();
    const run = newRun();
    await play(run, 20);
    const { id } = leftP1(picture());
    await server.doors.alerts.step(human, id, 'task', { units: ['uh-1', 'uav-1'] });
    await play(run, 60);
    const taskOf = (unit: string): string | undefined =>
      picture()
        .alerts.get(id)
        ?.tasks.find((task) => task.unit === unit)?.state;
    expect(taskOf('uh-1')).toBe('en-route');
    expect(taskOf('uav-1')).toBe('refused');
    for (let round = 0; round < 40 && taskOf('uh-1') !== 'stabilised'; round += 1) await play(run, 60);
    expect(picture().alerts.get(id)?.state).toBe('stabilised');
    await server.doors.alerts.step(human, id, 'close', { outcome: 'deterred', harm: 'prevented' });
    expect(
      picture()
        .alerts.get(id)
        ?.history.map(({ by }) => by.name),
    ).toContain('UH 1');
  });

  it('works alerts to their end, leaves some to humans and never fills the picture', async () => {
    const { picture, newRun, play } = await setStage();
    const run = newRun();
    let most = 0;
    for (let minute = 0; minute < 60; minute += 2) {
      await play(run, 120);
      const open = openAlerts(picture());
      most = Math.max(most, open.length);
      const untouched = open.filter(({ state, priority }) => state === 'received' && priority < 'P3');
      expect(untouched.length, `minute ${minute}`).toBeGreaterThan(0);
    }
    expect(most).toBeLessThanOrEqual(25);
    const states = new Set([...picture().alerts.values()].map(({ state }) => state));
    for (const state of ['closed', 'no-response', 'en-route', 'referred'] as const)
      expect(states).toContain(state);
  });

  it('begins anew on its own record: other ids, no conflict, the threats and untouched alerts of before ended', async () => {
    const { server, picture, newRun, play } = await setStage();
    const first = newRun();
    await play(first, 60);
    first.stop();
    const [before, alerts] = [[...picture().threats.keys()], picture().alerts.size];
    const touched = leftP1(picture()).id;
    await server.doors.alerts.step(human, touched, 'acknowledge', {});
    const earlier = openAlerts(picture()).map(({ id }) => id);
    const second = newRun();
    await play(second, 60);
    for (const id of before) expect(picture().threats.get(id)?.endedAtMs).toBeDefined();
    expect([...picture().threats.values()].filter(({ endedAtMs }) => endedAtMs === undefined).length).toBe(5);
    expect(picture().alerts.size).toBe(2 * alerts);
    const still = openAlerts(picture()).map(({ id }) => id);
    expect(earlier.filter((id) => still.includes(id))).toEqual([touched]);
  });
});
