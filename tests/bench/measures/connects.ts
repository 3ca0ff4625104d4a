import { cpuSecondsOf, rssMbOf } from '../processes.ts';
import { benchServer } from '../servers.ts';
import type { Row } from '../table.ts';
import { connectCrowd } from '../load/crowd.ts';
import type { Section } from './section.ts';

/** How viewers come in, what they cost while nothing moves, and how they come back after the server was killed. */
export const connectSection: Section = {
  name: 'connects',
  title: 'viewers coming in, idle, and coming back after kill -9 of the server (embedded record)',
  goal: 'idle at most 25 kB; 1,000 back within 1.2 s of serving again',
  async run({ isQuick }) {
    const count = isQuick ? 200 : 1_000;
    const server = await benchServer('embedded always');
    const crowd = connectCrowd({ port: Number(new URL(server.url).port), token: server.watch });
    try {
      await crowd.bringTo(20);
      const [rss, cpu, begun] = [rssMbOf(server.pid), cpuSecondsOf(server.pid), performance.now()];
      await crowd.bringTo(count);
      const tookS = (performance.now() - begun) / 1_000;
      const cpuS = cpuSecondsOf(server.pid) - cpu;
      const idleKb = ((rssMbOf(server.pid) - rss) * 1_000) / (count - 20);
      const allBack = crowd.allBack();
      const killedMs = performance.now();
      await server.killAndRestart();
      const servingMs = performance.now();
      await allBack;
      const backMs = performance.now();
      const row: Row = {
        viewers: count,
        'connects/s': Math.round((count - 20) / tookS),
        'connects/server CPU-s': Math.round((count - 20) / cpuS),
        'kB RSS per idle viewer': idleKb.toFixed(1),
        'server down ms': Math.round(servingMs - killedMs),
        'all back after serving ms': Math.round(backMs - servingMs),
      };
      return [row];
    } finally {
      crowd.close();
      await server.stop();
    }
  },
};
