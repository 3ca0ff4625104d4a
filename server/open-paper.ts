import { join } from 'node:path';
import { reportLanguages } from '../shared/model/report.ts';
import type { Principal } from '../shared/role.ts';
import type { Duty } from './leader/standing-work.ts';
import type { Mission } from './mission/mission.ts';
import type { Picture } from './picture/picture.ts';
import type { Mode } from './record/record.ts';
import { keepPaper } from './reports/keep-paper.ts';
import { paperOf } from './reports/paper.ts';
import { paperPage } from './web/paper-page.ts';

interface Parts {
  readonly picture: () => Picture;
  readonly mission: Mission;
  readonly mode: Mode;
  readonly nowMs: () => number;
  readonly dataDir: string;
}

/** The copies on disk are what a watch officer sees, and no more. */
const reader: Principal = { id: 'paper', role: 'watch', name: 'Nightflash', units: [], sectors: [] };

/** Part of the composition in main.ts: copies of the state of the watch on disk, where the mission file asks for them. */
export function paperDuties({ picture, mission, mode, nowMs, dataDir }: Parts): Duty[] {
  const everyMin = mission.file.paperEveryMin;
  if (everyMin === undefined) return [];
  const lang = reportLanguages.find((one) => mission.file.languages.includes(one)) ?? 'en';
  const page = (): string => {
    const isExercise = mode === 'exercise';
    const now = { mission, picture: picture(), atMs: nowMs(), principal: reader, lang, isExercise };
    return paperPage(paperOf(now), mission.sectors, { copy: true });
  };
  return [keepPaper({ folder: join(dataDir, 'paper'), everyMin, nowMs, page })];
}
