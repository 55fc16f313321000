// Where identifiers and terms stand in a text. Nothing here touches the page.

const IDENTIFIER = /^[A-Z]{1,2}\d+$/;
const INSIDE = "[\\p{L}\\p{N}_]";

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
// A line may end where a term has a space, and an apostrophe may be curved.
const plain = (text) => text.replace(/[\s-]+/g, " ").replace(/’/g, "'");
const lowered = (text) => text[0].toLowerCase() + text.slice(1);

// A term in the singular and the plural; at the beginning of a sentence it has a capital.
const forms = (term) => {
  const plurals = /[^aeiou]y$/.test(term)
    ? [`${term.slice(0, -1)}ies`]
    : [`${term}s`, ...(/(s|x|ch|sh)$/.test(term) ? [`${term}es`] : [])];
  return [term, ...plurals].map(plain);
};

// A single ordinary word, such as "rate", means what the course says only where the course uses it so.
const holds = (term, pages, page) =>
  !page || !pages || pages.includes(page) || /[\sA-Z]/.test(term);

/** Make of the names that a page can explain a function that finds them in a text, from left to
 * right: the longest term wins, and none begins or ends inside a word.
 * @param {Record<string, {pages?: string[]}>} known
 * @param {string} [page]
 * @returns {(text: string) => {name: string, from: number, to: number}[]} */
export function finder(known, page) {
  const termOf = new Map();
  for (const [name, { pages }] of Object.entries(known))
    if (!IDENTIFIER.test(name) && !name.startsWith("table ") && holds(name, pages, page))
      for (const form of forms(name)) termOf.set(form, name);
  const written = [...termOf.keys()].sort((a, b) => b.length - a.length);
  const either = (form) => {
    const body = escaped(form).replaceAll(" ", "[\\s-]+").replaceAll("'", "['’]");
    const first = form[0];
    return first === first.toUpperCase()
      ? body
      : `[${first}${first.toUpperCase()}]${body.slice(1)}`;
  };
  const terms = written.length ? `|(?<!-)(?:${written.map(either).join("|")})(?!-\\p{L})` : "";
  const pattern = new RegExp(`(?<!${INSIDE})(?:[A-Z]{1,2}\\d{1,3}${terms})(?!${INSIDE})`, "gu");
  return (text) => {
    const found = [];
    for (const match of text.matchAll(pattern)) {
      const [said] = match;
      const name =
        said in known ? said : (termOf.get(plain(said)) ?? termOf.get(lowered(plain(said))));
      if (name) found.push({ name, from: match.index, to: match.index + said.length });
    }
    return found;
  };
}

/** Keep of what was found each identifier, and each term that was not seen before; say of each
 * whether it is the first of its name.
 * @param {{name: string, from: number, to: number}[]} found
 * @param {Set<string>} seen */
export const fresh = (found, seen) =>
  found
    .map((one) => {
      const first = !seen.has(one.name);
      seen.add(one.name);
      return { ...one, first };
    })
    .filter(({ name, first }) => first || IDENTIFIER.test(name));
