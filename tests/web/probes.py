"""What no ready-made tool looks at, asked of a page in a browser."""

#: axe with every rule it has for WCAG 2.2 AA and for good practice.
FIND = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(
  (found) => found.id + ': ' + found.nodes.slice(0, 3)
    .map((node) => node.target + ' ' + node.failureSummary).join(' | '))"""
#: What reaches past the window without a region around it that scrolls.
STICKING_OUT = """() => [...document.querySelectorAll('body *')]
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.parentElement.closest('.scroll, .vh'))
  .map((e) => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 40))"""
#: Controls whose edge is too faint against what is around them (WCAG 1.4.11), as words.
FAINT = """() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour) => {
    const [r, g, b] = rgb(colour).slice(0, 3).map((v) => v / 255)
      .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, two) => {
    const [low, high] = [light(one), light(two)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (rgb(colour)[3] === 255) return colour;
    }
    return getComputedStyle(document.documentElement).backgroundColor;
  };
  const edged = 'input:not([type=hidden], [type=range]), textarea, select, .btn:not(.btn-quiet)';
  return [...document.querySelectorAll(edged)].filter((e) => {
    if (!e.checkVisibility()) return false;
    const style = getComputedStyle(e);
    const behind = ground(e.parentElement);
    const own = rgb(style.backgroundColor)[3] === 255 ? contrast(style.backgroundColor, behind) : 1;
    const edge = parseFloat(style.borderTopWidth) >= 1 ? contrast(style.borderTopColor, behind) : 1;
    return Math.max(own, edge) < 3;
  }).map((e) => e.outerHTML.slice(0, 90));
}"""
#: What has the focus: whether it is seen to have it, and whether something lies over it.
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const shown = e.matches('.choice input') ? e.closest('.choice') : e;
  const style = getComputedStyle(shown);
  const box = shown.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const top = document.elementFromPoint(x, Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1));
  return {
    name: e.outerHTML.slice(0, 90),
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    covered: !(top && (shown.contains(top) || top.contains(shown))),
  };
}"""
