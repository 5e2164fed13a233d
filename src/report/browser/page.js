// Search, filter and folding. The page is complete without it: this only hides and opens its parts.
const form = document.forms[0];
const { text, status, environment, fold } = form.elements;
const result = form.querySelector('output');
const articles = [...document.querySelectorAll('article')];
const sections = [...document.querySelectorAll('section')];

/** The searchable text of each application, read at the first search. */
const texts = new Map();

function textOf(article) {
  let found = texts.get(article);
  if (found === undefined) {
    const parts = article.querySelectorAll(':scope > header, :scope > .wiring, :scope > .diagnostics');
    found = [...parts].map((part) => part.textContent.toLowerCase()).join(' ');
    texts.set(article, found);
  }
  return found;
}

function filter() {
  const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const article of articles) {
    const isShown =
      (status.value === '' || article.dataset.status === status.value) &&
      (!environment?.value || article.parentElement.dataset.environment === environment.value) &&
      words.every((word) => textOf(article).includes(word));
    article.hidden = !isShown;
    if (isShown) shown += 1;
  }
  for (const section of sections) section.hidden = !section.querySelector('article:not([hidden])');
  const isFiltered = words.length > 0 || status.value !== '' || Boolean(environment?.value);
  result.textContent = isFiltered ? `${shown} of ${articles.length} applications` : '';
  if (!isFiltered) for (const section of sections) section.hidden = false;
}

function foldAll() {
  const isOpen = fold.getAttribute('aria-pressed') !== 'true';
  fold.setAttribute('aria-pressed', String(isOpen));
  fold.textContent = isOpen ? 'Close all tables' : 'Open all tables';
  for (const details of document.querySelectorAll('details')) details.open = isOpen;
}

/** Escape hides the numbers of a path until another one is pointed at or focused. */
function showNumbers(isShown) {
  document.documentElement.classList.toggle('no-numbers', !isShown);
}

form.addEventListener('input', filter);
form.addEventListener('submit', (event) => event.preventDefault());
fold.addEventListener('click', foldAll);
document.addEventListener('keydown', (event) => event.key === 'Escape' && showNumbers(false));
for (const event of ['pointerover', 'focusin']) document.addEventListener(event, () => showNumbers(true));
form.hidden = false;
