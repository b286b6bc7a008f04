// From pasted text to papers: a short line without a full stop is a title, the long text after it its abstract.

const [TITLE, ABSTRACT] = [250, 120];

/** Return the papers in a text, each {title, abstract}: JSON Lines, or titles each followed by its abstract. */
export function papersIn(text) {
  const trimmed = text.trim();
  if (trimmed.startsWith("{") || trimmed.startsWith("[")) {
    const found = fromJson(trimmed);
    if (found.length) return found;
  }
  const papers = [];
  let title = null;
  for (const line of trimmed.split(/\r?\n/).map((line) => line.trim()).filter(Boolean)) {
    const last = papers.at(-1);
    if (line.length <= TITLE && !/[.:;]$/.test(line) && !/^\d+ /.test(line)) title = line;
    else if (title) {
      papers.push({ title, abstract: line });
      title = null;
    } else if (last) last.abstract += ` ${line}`;
  }
  return papers.filter((paper) => paper.abstract.length >= ABSTRACT / 3);
}

function fromJson(text) {
  try {
    const whole = text.startsWith("[") ? JSON.parse(text) : text.split(/\r?\n/).filter((line) => line.trim()).map((line) => JSON.parse(line));
    return whole.filter((paper) => paper.title && paper.abstract).map(({ title, abstract, year }) => ({ title, abstract, ...(Number.isInteger(year) && { year }) }));
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
