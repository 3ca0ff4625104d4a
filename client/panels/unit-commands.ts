import { roleMay } from '../../shared/role.ts';
import type { Command } from '../store/commands.svelte.ts';
import type { Desk } from '../store/desk.ts';
import { text } from '../store/language.svelte.ts';
import { trailChoices } from './trail-words.ts';

/** The unit that is selected. */
export function chosenUnit({ selection }: Desk): string | undefined {
  return selection.thing?.kind === 'unit' ? selection.thing.id : undefined;
}

export function nextTrail({ preferences }: Desk): void {
  const now = preferences.now.trailMinutes;
  const next = trailChoices.find((minutes) => minutes > now) ?? 0;
  preferences.change({ trailMinutes: next });
}

export function mayReadTracks({ session }: Desk): boolean {
  return roleMay(session.role, 'read-track');
}

/** What can be done with the selected unit on the map: follow it, see where it has been. */
export function unitCommands(desk: Desk): readonly Command[] {
  const { following, tracks, clock } = desk;
  const withUnit = (run: (id: string) => void) => () => {
    const id = chosenUnit(desk);
    if (id !== undefined) run(id);
  };
  return [
    {
      id: 'unit.follow',
      group: 'unit',
      title: () => text(following.has(chosenUnit(desk) ?? '') ? 'follow.stop' : 'follow.follow'),
      keys: 'F',
      isAvailable: () => chosenUnit(desk) !== undefined,
      run: withUnit((id) => following.toggle(id)),
    },
    {
      id: 'unit.stopFollowing',
      group: 'unit',
      title: () => text('follow.stop'),
      keys: 'Shift+F',
      isAvailable: () => following.ids.length > 0,
      run: () => following.stop(),
    },
    {
      id: 'unit.track',
      group: 'unit',
      title: () => text('track.full'),
      keys: 'T',
      isAvailable: () => mayReadTracks(desk) && (chosenUnit(desk) !== undefined || !!tracks.full),
      run: () => {
        const id = chosenUnit(desk);
        if (id === undefined) tracks.clear();
        else void tracks.toggleFull(id, clock.nowMs);
      },
    },
    {
      id: 'unit.trails',
      group: 'unit',
      title: () => text('trail.next'),
      keys: 'Shift+T',
      run: () => nextTrail(desk),
    },
  ];
}
