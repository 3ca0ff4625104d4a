import { languageCodes, loadCatalogue, loadTexts } from '../../shared/messages/text.ts';

// A page awaits its language before it shows anything; tests begin as such a page does.
for (const code of languageCodes) await loadCatalogue(code);
await loadTexts('phone');
await loadTexts('watch');
