import { expect, it } from 'vitest';
import type { ActivityOut } from '../../shared/model/activity.ts';
import { priorities, type Priority } from '../../shared/model/alert-lists.ts';
import type { PictureOut } from '../../shared/picture/picture.ts';
import { roles, type Role } from '../../shared/role.ts';
import { testServer } from '../support/test-server.ts';

const minuteMs = 60_000;

/** The contract's table: who knows that a restricted alert of sector S1 is there. */
const knowRestricted: readonly Role[] = ['admin', 'watch', 'chief', 'sector', 'liaison', 'adviser'];
/** Who sees all units as they are now; an analyst is an hour behind and is told no counts of what is newer. */
const seeAllUnits: readonly Role[] = ['admin', 'watch', 'chief', 'command', 'sector'];
const readNothing: readonly Role[] = ['wall', 'feed', 'dpo', 'auditor'];

/** One alert counted in the quarter of its receipt. */
type Cells = Record<Priority, readonly number[]>;

function cellsOf({ alerts }: PictureOut, { from, stepS, alerts: like }: ActivityOut): Cells {
  const cells = Object.fromEntries(priorities.map((one) => [one, like[one].map(() => 0)])) as Record<
    Priority,
    number[]
  >;
  for (const { priority, receivedAt } of alerts) {
    const at = Math.floor((Date.parse(receivedAt) - Date.parse(from)) / 1000 / stepS);
    cells[priority][at] = (cells[priority][at] ?? 0) + 1;
  }
  return cells;
}

it('a restricted alert shows in no cell of the density bar, at no minute, to a role that may not know of it', async () => {
  let laterMs = 0;
  const server = await testServer({ nowMs: () => Date.now() + laterMs });
  const own = { sectors: ['S1'], units: ['u1'] };
  const tokens = new Map<Role, string>();
  for (const role of roles) tokens.set(role, await server.token(role, own));
  const watch = tokens.get('watch') ?? '';
  const raise = async (category: string, token = watch): Promise<void> => {
    const body = { category, priority: 'P2', text: 'x', channel: 'radio', lon: 5, lat: 0 };
    expect((await server.call('POST', '/api/alerts', { token, body })).status).toBe(201);
  };
  const get = async <T>(path: string, role: Role): Promise<T> => {
    const token = tokens.get(role) ?? '';
    const { status, body } = await server.call('GET', path, { token });
    expect(status, `${role} asks ${path}`).toBe(200);
    return body as T;
  };
  const activity = (role: Role) => get<ActivityOut>('/api/activity', role);
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

  for (const role of readNothing) {
    const answer = await server.call('GET', '/api/activity', { token: tokens.get(role) ?? '' });
    expect([answer.status, role]).toEqual([403, role]);
  }
  const readers = roles.filter((role) => !readNothing.includes(role));
  const positions = [{ unit: 'u1', time: new Date().toISOString(), lon: 5, lat: 0 }];
  await server.call('POST', '/api/positions', { token: watch, body: { positions } });
  await raise('killing');
  const before = new Map<Role, number>();
  for (const role of readers) before.set(role, sum((await activity(role)).alerts.P2));

  await raise('crsv');
  for (let minute = 0; minute <= 75; minute += 25) {
    laterMs = minute * minuteMs;
    for (const role of readers) {
      const told = await activity(role);
      const more = sum(told.alerts.P2) - (before.get(role) ?? 0);
      expect([role, more]).toEqual([role, knowRestricted.includes(role) ? 1 : 0]);
      // Nothing but what the same caller reads in the picture, alert by alert.
      const picture = await get<PictureOut>('/api/picture', role);
      expect([role, told.alerts]).toEqual([role, cellsOf(picture, told)]);
      expect([role, 'fixes' in told]).toEqual([role, seeAllUnits.includes(role)]);
      expect([role, picture.restrictedOpen ?? null]).toEqual([role, null]);
    }
  }
});

it('restricted alerts are counted for command in steps of five by the hour, and for nobody by the minute', async () => {
  let laterMs = 0;
  const server = await testServer({ nowMs: () => Date.now() + laterMs });
  const adviser = await server.token('adviser');
  const command = await server.token('command');
  const raise = async (times: number): Promise<void> => {
    const body = { category: 'crsv', text: 'x', channel: 'walk-in' };
    for (let n = 0; n < times; n++) await server.call('POST', '/api/alerts', { token: adviser, body });
  };
  const told = async (): Promise<number | null | undefined> => {
    const { body } = await server.call('GET', '/api/picture', { token: command });
    return (body as PictureOut).restrictedOpen;
  };
  await raise(7);
  const nextHourMs = 60 * minuteMs - (Date.now() % (60 * minuteMs));
  laterMs = nextHourMs;
  const atTheHour = await told();
  laterMs = nextHourMs + minuteMs;
  await raise(3);
  expect([atTheHour, await told()]).toEqual([5, 5]);
  laterMs = nextHourMs + 60 * minuteMs;
  expect(await told()).toBe(10);
});
