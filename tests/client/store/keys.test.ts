import { describe, expect, it } from 'vitest';
import type { Command } from '../../../client/store/commands.svelte.ts';
import { chordOf, keyCaps, KeyReader, type KeyPress } from '../../../client/store/keys.ts';

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return {
    key,
    code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    repeat: false,
    isComposing: false,
    altGraph: false,
    inField: false,
    ...more,
  };
}

function command(id: string, keys: string): Command {
  return { id, keys, group: 'map', title: () => id, run: () => undefined };
}

describe('a press as commands write it', () => {
  it.each([
    [press('n'), 'N'],
    [press('N', { shiftKey: true }), 'Shift+N'],
    [press('?', { shiftKey: true }), '?'],
    [press('k', { ctrlKey: true }), 'Ctrl+K'],
    [press('k', { metaKey: true }), 'Ctrl+K'],
    [press('Enter', { shiftKey: true }), 'Shift+Enter'],
    [press(' ', { code: 'Space' }), 'Space'],
    [press('т', { code: 'KeyN' }), 'N'],
    [press('ى', { code: 'KeyN' }), 'N'],
    [press('é', { code: 'Digit2' }), 'É'],
    // The third letter of a key is no Ctrl+Alt.
    [press('[', { ctrlKey: true, altKey: true, altGraph: true }), '['],
  ])('%o is %s', (given, chord) => expect(chordOf(given)).toBe(chord));

  it.each([
    press('n', { repeat: true }),
    press('n', { isComposing: true }),
    press('Shift', { shiftKey: true }),
    press('Dead'),
  ])('%o is none', (given) => expect(chordOf(given)).toBeUndefined());
});

describe('what keys mean', () => {
  const all = [
    command('raise', 'N'),
    command('find', 'Ctrl+K'),
    command('units', 'G U'),
    command('back', 'Escape'),
    command('user', 'U'),
  ];
  const idOf = (meant: Command | 'begun' | undefined) => (typeof meant === 'object' ? meant.id : meant);

  it('is a command, or the beginning of one', () => {
    const reader = new KeyReader();
    const read = (key: string, atMs: number) => idOf(reader.read(press(key), all, atMs));
    expect([read('n', 0), read('u', 10), read('g', 20), read('u', 30)]).toEqual([
      'raise',
      'user',
      'begun',
      'units',
    ]);
  });

  it('forgets a beginning that another key followed, or no key for long', () => {
    const reader = new KeyReader();
    const read = (key: string, atMs: number) => idOf(reader.read(press(key), all, atMs));
    // Somebody who meant two keys and missed the second did not mean to raise an alert.
    expect([read('g', 0), read('n', 10), read('u', 20)]).toEqual(['begun', undefined, 'user']);
    expect([read('g', 100), read('u', 2_000)]).toEqual(['begun', 'user']);
  });

  it('never takes a letter from a field, and takes the palette and the way out even there', () => {
    const reader = new KeyReader();
    const read = (key: string, more: Partial<KeyPress> = {}) =>
      idOf(reader.read(press(key, { inField: true, ...more }), all, 0));
    expect([read('n'), read('g'), read('u')]).toEqual([undefined, undefined, undefined]);
    expect([read('k', { ctrlKey: true }), read('Escape')]).toEqual(['find', 'back']);
  });

  it('is the command that came last, of two with the same keys', () => {
    const leave = command('leave', 'Escape');
    expect(idOf(new KeyReader().read(press('Escape'), [...all, leave], 0))).toBe('leave');
  });
});

describe('caps of keys', () => {
  it.each([
    ['N', [['N']]],
    ['G U', [['G'], ['U']]],
    ['Ctrl+Shift+K', [['Ctrl', 'Shift', 'K']]],
    ['+', [['+']]],
    ['Ctrl++', [['Ctrl', '+']]],
  ])('%s', (keys, caps) => expect(keyCaps(keys)).toEqual(caps));
});
