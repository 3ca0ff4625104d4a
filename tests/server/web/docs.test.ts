import { describe, expect, it } from 'vitest';
import { docsCss, docsPage } from '../../../server/web/docs.ts';
import { openApi } from '../../../server/web/openapi.ts';

const api = openApi('1.2.3');
const page = docsPage(api);

describe('the page', () => {
  it('shows every call, schema and failure code', () => {
    for (const [path, methods] of Object.entries(api.paths)) {
      for (const [method, { summary }] of Object.entries(methods)) {
        expect(page).toContain(
          `<span class="method">${method.toUpperCase()}</span> ${path}</code> ${summary}`,
        );
      }
    }
    for (const name of Object.keys(api.components.schemas))
      expect(page).toContain(`<section id="schema-${name}">`);
    expect(page).toContain('<code>step-not-allowed</code>');
    expect(page).not.toMatch(/\[object|undefined|NaN/);
  });

  it('loads nothing but its style, and has neither script nor inline style', () => {
    expect(page).not.toMatch(/<script|\sstyle=|<style|\son\w+=/i);
    expect([...page.matchAll(/\s(?:src|href)="(?!#)([^"]*)"/g)].map(([, address]) => address)).toEqual([
      '/api/docs.css',
      '/api/openapi.json',
    ]);
    expect(docsCss()).not.toMatch(/url\(|@import/);
  });

  it('has a language, a title, headings in order, unique ids, and links that lead somewhere', () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(page).toContain('<title>Nightflash API 1.2.3</title>');
    const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    levels.forEach((level, at) => expect(level).toBeLessThanOrEqual((levels[at - 1] ?? 0) + 1));
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  it('escapes whatever the description says', () => {
    const evil = '<img src=x onerror="alert(1)">\'&';
    const schemas = {
      [evil]: { type: 'object', description: evil, properties: { [evil]: { enum: [evil] } } },
    };
    const told = docsPage({
      ...api,
      info: { ...api.info, title: evil, description: `\`${evil}\`` },
      components: { ...api.components, schemas },
    });
    expect(told).not.toContain('<img');
    expect(told).not.toContain('onerror="');
    expect(told).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;');
  });
});

it('has contrast of at least 7:1 for every text on every ground', () => {
  const css = docsCss().split('@media')[0] ?? '';
  const grounds = [...css.matchAll(/background: (#\w{6})/g)].map(([, colour]) => colour ?? '');
  const inks = [...css.matchAll(/[ ;]color: (#\w{6})/g)].map(([, colour]) => colour ?? '');
  expect([grounds.length > 1, inks.length > 2]).toEqual([true, true]);
  for (const ground of grounds) for (const ink of inks) expect(contrast(ground, ink)).toBeGreaterThan(7);
});

/** Contrast ratio of WCAG 2. */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
