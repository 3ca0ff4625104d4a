/**
 * A process for the full-disk test: appends one entry after the other whatever happens, and prints what the record
 * answers, what its tail tells, and each change of its status.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { openEmbeddedRecord } from '../../server/record/embedded-record.ts';
import type { RecordSettings } from '../../server/record/open-record.ts';
import { Failure } from '../../shared/failure.ts';

const settings = JSON.parse(process.argv[2] ?? '') as Omit<RecordSettings, 'nowMs'>; // written by the test
const record = await openEmbeddedRecord({ ...settings, nowMs: Date.now });
const say = (line: string): void => void process.stdout.write(`${line}\n`);

record.onStatus((status) => say(`STATUS ${status.writable ? 'writable' : `unwritable ${status.reason}`}`));
await record.tail(0, {
  onEntries: (entries) => entries.forEach((entry) => say(`TAIL ${entry.seq}`)),
  onEpoch: () => say('EPOCH'),
});

for (;;) {
  try {
    say(`ACK ${(await record.append('events', Buffer.alloc(3000, 'x'))).seq}`);
    await delay(2);
  } catch (cause) {
    say(`REJECTED ${cause instanceof Failure ? `${cause.code} ${cause.message}` : String(cause)}`);
    await delay(100);
  }
}
