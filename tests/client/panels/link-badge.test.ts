import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import Banners from '../../../client/panels/Banners.svelte';
import FeedsBadge from '../../../client/panels/FeedsBadge.svelte';
import LinkBadge from '../../../client/panels/LinkBadge.svelte';
import { en } from '../../../shared/messages/en.ts';
import { atMs, iso } from '../things.ts';
import { fakeDesk, mount, type FakeDesk } from './desk.ts';

const beat = (page: FakeDesk, behindS?: number): void =>
  page.desk.connection.heartbeat(
    { atMs: page.desk.clock.exactMs, seq: 1, heartbeatMs: page.desk.clock.exactMs, tickLengthMs: 100 },
    behindS,
  );
const service = {
  mode: 'exercise',
  mission: 'Test',
  record: 'embedded',
  durability: 'always',
  writable: true,
} as const;
const shape = (): string => document.querySelector('.badge svg')?.innerHTML ?? '';

describe('the badge of the link', () => {
  it('differs in words and in shape between live, stopped and cut off', async () => {
    const page = fakeDesk();
    mount(page, LinkBadge, {});
    const seen: [string, string][] = [];
    const note = async (): Promise<void> => {
      await tick();
      seen.push([document.querySelector('.words')?.textContent ?? '', shape()]);
    };
    page.desk.connection.connected();
    beat(page);
    await note();
    page.pass(30_000);
    await note();
    page.desk.connection.disconnected('gone');
    await note();
    expect(seen[0]?.[0]).toBe(en['link.live']);
    expect(new Set(seen.map(([words]) => words)).size).toBe(3);
    expect(new Set(seen.map(([, drawn]) => drawn)).size).toBe(3);
  });

  it('says as of when a picture is that is behind', async () => {
    const page = fakeDesk();
    mount(page, LinkBadge, {});
    page.desk.connection.connected();
    beat(page, 12);
    await tick();
    expect(document.querySelector('.as-of')?.textContent).toContain('16:39:48');
  });
});

describe('the sources of positions', () => {
  it('are counted in the bar, and those that fell silent are named in a strip, with since when', async () => {
    const page = fakeDesk();
    mount(page, FeedsBadge, {});
    expect(document.body.textContent.trim()).toBe('');
    const silent = [{ name: 'Gateway north', units: 12, since: iso(atMs - 600_000) }];
    page.desk.connection.status({ ...service, feeds: { heard: 6, all: 7, silent } });
    await tick();
    expect(document.querySelector('.partial')?.textContent.trim()).toBe('Feeds 6/7');
    mount(page, Banners, {});
    expect(document.querySelector('p.stale')?.textContent).toMatch(
      /No positions from Gateway north\s+12 units are not heard since 16:30:00Z/,
    );
  });
});

describe('the strips over the map', () => {
  it('tell why a server cannot save, and go when it can', async () => {
    const page = fakeDesk();
    mount(page, Banners, {});
    expect(document.querySelector('p')).toBeNull();
    page.desk.connection.status({ ...service, writable: false, reason: 'the disk is full' });
    await tick();
    expect(document.querySelector('[role=alert]')?.textContent).toContain('the disk is full');
    page.desk.connection.status(service);
    await tick();
    expect(document.querySelector('p')).toBeNull();
  });
});
