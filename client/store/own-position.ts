/** A position as the phone tells it; what it does not know is null. The shape is the browser's own. */
export interface PhonePosition {
  /** By the phone's clock, ms since 1970. */
  readonly timestamp: number;
  readonly coords: {
    readonly latitude: number;
    readonly longitude: number;
    readonly accuracy: number;
    readonly altitude: number | null;
    readonly heading: number | null;
    readonly speed: number | null;
  };
}

export type NoPosition = 'denied' | 'unavailable';

/** The phone's own knowledge of where it is. */
export interface OwnPosition {
  /** Why this page cannot ask at all. */
  readonly missing: 'insecure' | 'unsupported' | undefined;
  /** Asks for permission where that is still open; answers the way to end it. */
  watch(took: (position: PhonePosition) => void, failed: (why: NoPosition) => void): () => void;
  /** Asks once: a phone that does not move need not say anything by itself. */
  ask(took: (position: PhonePosition) => void): void;
}

const asking: PositionOptions = { enableHighAccuracy: true, maximumAge: 0, timeout: 60_000 };
const permissionDenied = 1;

export const browserPosition: OwnPosition = {
  get missing() {
    if (!isSecureContext) return 'insecure';
    return 'geolocation' in navigator ? undefined : 'unsupported';
  },
  watch(took, failed) {
    const tell = ({ code }: GeolocationPositionError): void =>
      failed(code === permissionDenied ? 'denied' : 'unavailable');
    const id = navigator.geolocation.watchPosition(took, tell, asking);
    return () => navigator.geolocation.clearWatch(id);
  },
  ask: (took) => navigator.geolocation.getCurrentPosition(took, () => undefined, asking),
};

/**
 * Keeps the screen on while it may: a browser takes no positions in the dark. Asked again whenever the page comes
 * back to the front, because the browser ends the lock when it goes. Answers the way to let go.
 */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let isOver = false;
  const hold = async (): Promise<void> => {
    if (isOver || document.hidden || !('wakeLock' in navigator)) return;
    // Refused when the battery is low: the reports go on while the screen is on.
    const held = await navigator.wakeLock.request('screen').catch(() => undefined);
    if (isOver) void held?.release();
    else lock = held;
  };
  const onVisible = (): void => void hold();
  document.addEventListener('visibilitychange', onVisible);
  void hold();
  return () => {
    isOver = true;
    document.removeEventListener('visibilitychange', onVisible);
    void lock?.release();
  };
}
