import { describe, expect, it } from 'vitest';
import { homeOf, rolesNeeded } from '../../../client/pages/page-roles.ts';
import { roles } from '../../../shared/role.ts';

const may = (path: string, units: readonly string[] = []): readonly string[] =>
  roles.filter((role) => rolesNeeded(path, { role, units }) === undefined);

describe('pages and roles', () => {
  it('begin every role on a page that is for it', () => {
    for (const role of roles) expect(rolesNeeded(homeOf(role), { role, units: [] })).toBeUndefined();
  });

  it('keep off walls whoever sees more of restricted records than a wall may show', () => {
    expect(may('/wall')).toEqual(['admin', 'watch', 'chief', 'sector', 'wall', 'command']);
    expect(rolesNeeded('/wall', { role: 'adviser', units: [] })).toContain('wall');
  });

  it('give the phone page to patrols, and to whoever has units of their own', () => {
    expect(may('/patrol')).toEqual(['patrol']);
    expect(may('/patrol', ['lrp-7'])).toEqual([...roles]);
  });

  it('keep the papers of the watch from walls, phones, machines and inspectors', () => {
    const papers = may('/watch');
    for (const role of ['wall', 'patrol', 'feed', 'dpo', 'auditor']) expect(papers).not.toContain(role);
    expect(papers).toContain('adviser');
  });

  it('leave the service page to everybody', () => {
    expect(may('/admin')).toEqual([...roles]);
    expect(rolesNeeded('/', { role: 'auditor', units: [] })).not.toContain('auditor');
  });
});
