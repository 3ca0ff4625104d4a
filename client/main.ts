import { mount } from 'svelte';
import '@fontsource-variable/inter/wght.css';
import './pages/base.css';
import App from './pages/App.svelte';
import { language } from './store/language.svelte.ts';
import { readCopy } from './store/preferences-copy.ts';
import { readingSize } from './store/reading-size.svelte.ts';
import { theme } from './store/theme.svelte.ts';

const target = document.getElementById('page');
theme.show(readCopy(localStorage)?.now.theme ?? 'dark');
theme.follow();
readingSize.follow();
/** Texts are the first thing that a page needs; without a server there is nothing that could say so. */
language.recall().then(
  () => target && mount(App, { target }),
  () => setTimeout(() => location.reload(), 3_000),
);
