/**
 * A process for the durability test: opens the record that its argument describes, appends without end, and
 * prints one line per acknowledgment. It is meant to be killed.
 */
import { writeSync } from 'node:fs';
import { openRecord, type RecordSettings } from '../../server/record/open-record.ts';

const settings = JSON.parse(process.argv[2] ?? '') as Omit<RecordSettings, 'nowMs'>; // written by the test
const record = await openRecord({ ...settings, nowMs: Date.now });

async function appendForEver(writer: number): Promise<never> {
  for (let count = 0; ; count += 1) {
    const body = `${writer}:${count}`;
    const { seq } = await record.append(count % 2 === 0 ? 'events' : 'positions', Buffer.from(body));
    writeSync(1, `${seq} ${body}\n`);
  }
}

await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(appendForEver));
