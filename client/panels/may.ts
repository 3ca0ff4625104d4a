import type { AlertOut } from '../../shared/model/alert.ts';
import { roleMay, type Role } from '../../shared/role.ts';

export function mayCallWalls(role: Role): boolean {
  return roleMay(role, 'call-walls');
}

export function mayRaise(role: Role): boolean {
  return roleMay(role, 'raise-alert');
}

export function mayReadResponders(role: Role): boolean {
  return roleMay(role, 'read-responders');
}

export function mayPrewarn(role: Role): boolean {
  return roleMay(role, 'prewarn-units');
}

/** Brings a bell, whistle or flare that somebody has heard or seen. */
export function mayReportSignal(role: Role): boolean {
  return roleMay(role, 'report-signal');
}

export function mayRaiseThreat(role: Role): boolean {
  return roleMay(role, 'raise-threat');
}

export function mayNoteContact(role: Role): boolean {
  return roleMay(role, 'note-contact');
}

export function mayReadVillages(role: Role): boolean {
  return roleMay(role, 'read-villages');
}

/** Who cares for focal points, under their pseudonyms. */
export function mayKeepSources(role: Role): boolean {
  return roleMay(role, 'keep-sources');
}

/** Who writes the log, signs reports and handovers: those on watch. Others read what they may see. */
export function mayKeepWatch(role: Role): boolean {
  return roleMay(role, 'keep-watch');
}

/** Callers of restricted records are told by advisers only. */
export function mayTellCaller(role: Role, { restricted }: Pick<AlertOut, 'restricted'>): boolean {
  return roleMay(role, 'tell-caller') && (role === 'adviser') === (restricted !== undefined);
}

/** What callers of restricted records said is the adviser's to erase, all else the shift leader's. */
export function mayEraseText(role: Role, { restricted }: Pick<AlertOut, 'restricted'>): boolean {
  return roleMay(role, 'erase-text') && (role === 'adviser') === (restricted !== undefined);
}
