import { FixOutbox, type FixReply } from '../net/fix-outbox.ts';
import { browserFixStore } from '../net/fix-store.ts';
import type { Desk } from '../store/desk.ts';
import { isTrue } from '../store/link.ts';
import { browserPosition, keepAwake } from '../store/own-position.ts';
import { Reporting } from '../store/reporting.svelte.ts';

const rememberedUnit = 'nightflash.reporting';
/** Until the unit is known: often enough for a patrol. */
const usualReportEveryS = 30;

interface OpenReporting {
  readonly reporting: Reporting;
  readonly linkIsBack: () => void;
  readonly closeReporting: () => void;
}

/** Sends what an earlier page left behind, and goes on reporting where that page was reporting. */
export function openReporting(desk: Desk, send: (bytes: Uint8Array) => Promise<FixReply>): OpenReporting {
  const { session, picture, clock, connection } = desk;
  // The page's clock may stand still while the phone sleeps; the phone's own does not.
  let aheadMs = 0;
  const heedClock = (): number => {
    if (isTrue(connection.state)) aheadMs = clock.exactMs - Date.now();
    return aheadMs;
  };
  const outbox = new FixOutbox({
    store: browserFixStore(`nightflash-${session.mode}`),
    send,
    units: session.units,
    nowMs: () => Date.now() + heedClock(),
    changed: () => (reporting.sent = outbox.state),
  });
  const reporting = new Reporting({
    outbox,
    position: browserPosition,
    reportEveryS: (unit) => picture.units.get(unit)?.reportEveryS ?? usualReportEveryS,
    wallMs: () => Date.now(),
    aheadMs: heedClock,
    keepAwake,
    remember: (unit) =>
      unit === undefined
        ? localStorage.removeItem(rememberedUnit)
        : localStorage.setItem(rememberedUnit, unit),
  });
  void outbox.open();
  const unit = localStorage.getItem(rememberedUnit);
  if (unit !== null && session.units.includes(unit)) reporting.start(unit);
  return {
    reporting,
    linkIsBack: () => outbox.wake(),
    closeReporting() {
      reporting.pause();
      outbox.close();
    },
  };
}
