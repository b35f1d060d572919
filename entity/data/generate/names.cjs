// Writes the personal names and everyday words of the npm packages that fetch.sh
// installs as tab-separated rows: source; forename, surname, either or word;
// the name, in the order of the source, which for the zxcvbn lists is that of
// frequency.
const path = require('path');
const dir = process.argv[2];
const load = (name) => require(require.resolve(name, { paths: [dir] }));

function put(source, kind, names) {
  for (const name of names) process.stdout.write(`${source}\t${kind}\t${String(name).replace(/\s+/g, ' ')}\n`);
}

const { allLocales } = load('@faker-js/faker');
for (const [locale, { person }] of Object.entries(allLocales)) {
  for (const [field, kind] of [['first_name', 'forename'], ['last_name', 'surname']]) {
    for (const names of Object.values(person?.[field] ?? {})) put(`faker:${locale}`, kind, names ?? []);
  }
}

for (const language of ['ar', 'cs', 'de', 'en', 'es-es', 'fi', 'fr', 'id', 'it', 'ja', 'nl-be', 'pl', 'pt-br']) {
  const module = load(`@zxcvbn-ts/language-${language}`);
  const dictionary = module.dictionary ?? module.default?.dictionary ?? module;
  for (const [list, names] of Object.entries(dictionary)) {
    const kind = /^names/i.test(list) ? 'either' : /last/i.test(list) ? 'surname' : /first/i.test(list) ? 'forename' : /^common/i.test(list) ? 'word' : '';
    if (kind && Array.isArray(names)) put(`zxcvbn:${language}:${list}`, kind, names);
  }
}

const fs = require('fs');
for (const language of ['de', 'en', 'es', 'fr', 'it', 'tr']) {
  const file = path.join(dir, 'node_modules/gender-detection-from-name/names', `${language}.js`);
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    const entry = /^\s*\['(.+)', '(male|female|unisex)'\]/.exec(line);
    if (entry) put(`gender-detection:${language}`, 'forename', [entry[1].replace(/\\'/g, "'")]);
  }
}
