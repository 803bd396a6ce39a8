// Reads the index of a language: the same words, numbers and files as tinso's own `site/search/pieces`.
// A search fetches the files of its words, and those of the results that are shown; nothing else.

const TOKEN = /(?:[\p{Alphabetic}\p{N}\p{M}]|(?<=[0-9])[.,](?=[0-9]))+/gu;
const TONES = /[\u0300\u0301\u0309\u0303\u0323]/gu;
const LONGEST = 64;
// Words in the middle of which a search may end: shorter ones are in files of their own.
const PREFIX = 4;
const MOST_TERMS = 12;

const tokens = (text) => text.match(TOKEN) ?? [];
const isNumber = (token) => /^[0-9][0-9.,]*$/.test(token);
// Letter by letter, so that what a word ends in does not matter.
const lower = (text) => [...text].map((letter) => letter.toLowerCase()).join("");
const fold = (text) => lower(text.normalize("NFD").replace(/\p{M}/gu, "")).replaceAll("đ", "d");

// The one spelling that stands for several.
const spellings = {
  "": (word) => word,
  vi: (word) => word.replace(/^(h|k|l|m|s|t|qu)y$/, "$1i"),
  en: (word) => {
    if (word === "s") return "";
    if (word.length < 4 || /[^\x00-\x7f]/.test(word) || word === "news" || /(ss|us|is)$/.test(word)) return word;
    if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
    return word.replace(/(sses|xes|ches|shes)$/, (end) => end.slice(0, -2)).replace(/(?<!s)s$/, "");
  },
};

// A number with these marks as one with a point and no groups.
function canonical(token, [decimal, group]) {
  const [whole, ...rest] = token.split(decimal);
  const groups = whole.split(group);
  const digits = (part) => /^[0-9]+$/.test(part);
  if (rest.length > 1 || !groups.every(digits) || (rest.length && !digits(rest[0]))) return [];
  if (groups.length > 1 && (groups[0].length > 3 || groups.slice(1).some((part) => part.length !== 3))) return [];
  const fraction = (rest[0] ?? "").replace(/0+$/, "");
  return [(groups.join("").replace(/^0+(?=.)/, "") || "0") + (fraction && `.${fraction}`)];
}

function shifted(number, power) {
  const [whole, fraction = ""] = number.split(".");
  const digits = (whole + fraction.slice(0, power).padEnd(power, "0")).replace(/^0+(?=.)/, "");
  return fraction.length > power ? `${digits}.${fraction.slice(power)}` : digits;
}

class Reader {
  constructor({ spelling, numbers, scales }) {
    this.spelled = spellings[spelling] ?? spellings[""];
    this.marks = numbers;
    this.scales = scales;
  }

  word(token) {
    if (token.length > 2 * LONGEST || [...token].length > LONGEST) return { folded: "", marked: "" };
    const folded = this.spelled(fold(token));
    const letters = lower(token.normalize("NFD"));
    const marked = this.spelled(letters.replace(TONES, "")) + (letters.match(TONES) ?? []).join("");
    return { folded, marked: marked === folded ? "" : marked };
  }

  // What a number may mean: the reader may write it as either language does.
  numbers(token) {
    return isNumber(token) ? [...new Set(this.marks.flatMap((marks) => canonical(token, marks)))] : [];
  }

  // A query as terms, each with the words that stand for it.
  terms(query) {
    const all = tokens(query);
    const terms = [];
    for (let at = 0; at < all.length; at += 1) {
      const numbers = this.numbers(all[at]);
      if (numbers.length) {
        const after = all.slice(at + 1, at + 3).map((token) => this.word(token).folded);
        const words = [after.join(" "), after[0]].find((name) => name !== undefined && name in this.scales);
        if (words !== undefined) at += words.split(" ").length;
        const meant = words === undefined ? numbers : numbers.map((number) => shifted(number, this.scales[words]));
        terms.push({ any: meant.map((folded) => ({ folded, marked: "" })), number: true });
      } else {
        for (const part of all[at].split(/[.,]/)) {
          const word = this.word(part);
          if (word.folded) terms.push({ any: [word], number: false });
        }
      }
    }
    const last = terms.at(-1);
    if (last && !last.number && /[\p{L}\p{M}]$/u.test(query) && last.any[0].folded.length >= PREFIX) last.open = true;
    return terms.slice(0, MOST_TERMS);
  }

  // A text in parts, each with whether the terms name it.
  parts(text, terms) {
    const named = (token) => {
      const numbers = this.numbers(token);
      const { folded } = this.word(token);
      return terms.some((term) => term.any.some((word) => word.folded === folded || numbers.includes(word.folded)
        || (term.open && folded.startsWith(word.folded))));
    };
    const parts = [];
    let end = 0;
    for (const { 0: token, index } of text.matchAll(TOKEN)) {
      if (!named(token)) continue;
      const between = text.slice(end, index);
      // Neighbours are one part.
      if (parts.length && /^\s*$/.test(between)) parts.at(-1)[0] += between + token;
      else parts.push([between, false], [token, true]);
      end = index + token.length;
    }
    return [...parts, [text.slice(end), false]].filter(([part]) => part);
  }
}

// The file that a term is in.
function place(term, count) {
  const key = term.startsWith("@") || term.includes(" ") ? term : [...term].slice(0, PREFIX).join("");
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0) & (count - 1);
}

// A file of words: each with its forms, and the packed list of documents of each form.
function unpack(buffer) {
  const bytes = new Uint8Array(buffer);
  const decoder = new TextDecoder();
  let at = 0;
  const number = () => {
    let value = 0;
    for (let power = 1; ; power *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * power;
      if (!(byte & 128)) return value;
    }
  };
  const slice = () => {
    const length = number();
    at += length;
    return bytes.subarray(at - length, at);
  };
  const terms = new Map();
  while (at < bytes.length) {
    const term = decoder.decode(slice());
    terms.set(term, Array.from({ length: number() }, () => ({ marked: decoder.decode(slice()), list: slice() })));
  }
  return terms;
}

function* documents(list) {
  let next = 0;
  for (let at = 0; at < list.length; ) {
    let value = 0;
    for (let power = 1; ; power *= 128) {
      const byte = list[at++];
      value += (byte & 127) * power;
      if (!(byte & 128)) break;
    }
    const document = next + Math.floor(value / 16);
    next = document + 1;
    yield [document, value % 16];
  }
}

// A title counts more than a summary, that more than the text, and often more than once.
const worth = (weight) => (weight & 8 ? 8 : 0) + (weight & 4 ? 3 : 0) + [0, 1, 1.5, 2][weight & 3];

export class Index {
  #address;
  #about;
  #files = new Map();

  constructor(address, about) {
    this.#address = address;
    this.#about = about;
    this.reader = new Reader(about);
    this.filters = about.filters;
  }

  static async open(address) {
    const response = await fetch(address, { cache: "no-cache" });
    if (!response.ok) throw new Error(`${response.status} for ${address}`);
    return new Index(address, await response.json());
  }

  // The address of a page of the site.
  url(path) {
    return new URL(`../../${path}`, this.#address).href;
  }

  #file(name, read) {
    if (!this.#files.has(name)) {
      // The print tells the files of one build from those of another that a cache may hold.
      const file = fetch(new URL(`${name}?${this.#about.print}`, this.#address)).then((response) => {
        if (!response.ok) throw new Error(`${response.status} for ${name}`);
        return read(response);
      });
      file.catch(() => this.#files.delete(name));
      this.#files.set(name, file);
    }
    return this.#files.get(name);
  }

  #words(term) {
    const name = place(term, this.#about.words).toString(16);
    return this.#file(`words/${name}.bin`, async (response) => unpack(await response.arrayBuffer()));
  }

  // The documents of a term: how much each is worth, and whether it has the very marks.
  async #found(term, strict) {
    const found = new Map();
    const note = (list, exact, share) => {
      for (const [document, weight] of documents(list)) {
        const value = worth(weight) * share;
        const before = found.get(document);
        if (!before || value > before.value) found.set(document, { value, exact: exact || (before?.exact ?? false) });
        else before.exact ||= exact;
      }
    };
    for (const word of term.any) {
      const file = await this.#words(word.folded);
      const forms = file.get(word.folded) ?? [];
      for (const { marked, list } of forms) {
        const exact = marked === word.marked;
        note(list, exact, exact ? 1 : strict ? 0.5 : 0.9);
      }
      if (!term.open) continue;
      for (const [longer, others] of file) {
        if (longer === word.folded || longer.includes(" ") || !longer.startsWith(word.folded)) continue;
        for (const { list } of others) note(list, false, 0.4);
      }
    }
    return found;
  }

  async #marked(mark) {
    const forms = (await this.#words(`@${mark}`)).get(`@${mark}`) ?? [];
    return new Set(forms.flatMap(({ list }) => [...documents(list)].map(([document]) => document)));
  }

  // The documents for a query and filters (`year:2020`), best first; `all` says whether they have all words.
  async search(query, marks = []) {
    const terms = this.reader.terms(query);
    const strict = terms.some((term) => term.any.some(({ marked }) => marked));
    const [found, pairs, wanted] = await Promise.all([
      Promise.all(terms.map((term) => this.#found(term, strict))),
      Promise.all(terms.slice(1).map((term, at) => this.#pair(terms[at], term))),
      Promise.all(marks.map((mark) => this.#marked(mark))),
    ]);
    const total = this.#about.documents;
    const rarity = (map) => Math.log(1 + total / Math.max(map.size, 1));
    const hits = new Map();
    for (const map of found) {
      for (const [document, { value, exact }] of map) {
        const hit = hits.get(document) ?? { document, terms: 0, exact: 0, score: 0 };
        hit.terms += 1;
        hit.exact += strict && exact ? 1 : 0;
        hit.score += value * rarity(map);
        hits.set(document, hit);
      }
    }
    for (const map of pairs) for (const [document, value] of map) if (hits.has(document)) hits.get(document).score += value * rarity(map);
    if (!terms.length && wanted.length) for (const document of wanted[0]) hits.set(document, { document, terms: 0, exact: 0, score: 0 });
    let list = [...hits.values()].filter(({ document }) => wanted.every((set) => set.has(document)));
    const all = list.some((hit) => hit.terms === terms.length);
    list = list.filter((hit) => (all ? hit.terms === terms.length : 2 * hit.terms >= terms.length));
    list.sort((a, b) => b.terms - a.terms || b.exact - a.exact || b.score - a.score || b.document - a.document);
    return { documents: list.map(({ document }) => document), all, terms };
  }

  async #pair(first, second) {
    const found = new Map();
    for (const a of first.any) {
      for (const b of second.any) {
        const term = `${a.folded} ${b.folded}`;
        for (const { list } of (await this.#words(term)).get(term) ?? []) {
          for (const [document, weight] of documents(list)) found.set(document, worth(weight));
        }
      }
    }
    return found;
  }

  // What results show of documents.
  async shown(documents) {
    const size = this.#about.pages;
    const page = (document) => this.#file(`pages/${Math.floor(document / size)}.json`, (response) => response.json());
    return Promise.all(documents.map(async (document) => (await page(document))[document % size]));
  }
}
