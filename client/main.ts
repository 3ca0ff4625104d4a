import { mount } from 'svelte';
import '@fontsource-variable/inter/wght.css';
import './pages/base.css';
import App from './pages/App.svelte';
import { language } from './store/language.svelte.ts';

language.recall();
const target = document.getElementById('page');
if (target) mount(App, { target });
