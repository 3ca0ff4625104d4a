import type { Mission } from '../mission/mission.ts';
import type { Picture } from '../picture/picture.ts';

/** What redaction needs to know besides the thing itself. */
export interface ViewContext {
  readonly mission: Mission;
  readonly picture: Picture;
  /** Time of the answer, ms since 1970. */
  readonly atMs: number;
}
