/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

// These functions run inside the page: each must stand alone.

/** Texts of pictures that are seen and smaller than `least` pixels. */
export function smallTexts(least: number): string[] {
  return [...document.querySelectorAll("svg text")].flatMap((text) => {
    const svg = text.closest("svg");
    const shown = svg?.getBoundingClientRect().width ?? 0;
    if (shown === 0 || !svg) return [];
    const size = (Number.parseFloat(getComputedStyle(text).fontSize) * shown) / Number(svg.getAttribute("width"));
    return size < least ? [`${text.textContent}: ${size.toFixed(1)} px`] : [];
  });
}

/** Elements and texts of pictures that reach over the edge of the window or of their picture, but for what scrolls in its own frame. */
export function cutElements(): string[] {
  const slack = 1;
  const width = document.documentElement.clientWidth;
  const wide = [...document.querySelectorAll("body *")].filter((element) => {
    if (element.closest(".frame, nav, .hidden, .skip, svg")) return false;
    const box = element.getBoundingClientRect();
    return box.width > 0 && (box.left < -slack || box.right > width + slack);
  });
  const cut = [...document.querySelectorAll("svg text")].filter((text) => {
    const box = text.getBoundingClientRect();
    const frame = text.closest("svg")?.getBoundingClientRect();
    if (!frame || frame.width === 0) return false;
    return (
      box.left < frame.left - slack || box.right > frame.right + slack || box.top < frame.top - slack || box.bottom > frame.bottom + slack
    );
  });
  return [...wide, ...cut].map((element) => `${element.tagName} ${element.textContent?.trim().slice(0, 40)}`);
}

/** Texts whose colour has less than 4.5:1 contrast to the card or page that they lie on (WCAG 2.2, 1.4.3). */
export function faintTexts(): string[] {
  const numbers = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour: string): number => {
    const [r, g, b] = numbers(colour).map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element: Element): string => {
    for (let at: Element | null = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (numbers(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  return [...document.querySelectorAll("body *")].flatMap((element) => {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== "");
    if (!own || element.getBoundingClientRect().width === 0 || element.closest("title, desc")) return [];
    const style = getComputedStyle(element);
    const inPicture = element.closest("svg") !== null;
    // The halo of a name is drawn in the colour of the ground.
    if (inPicture && style.stroke !== "none") return [];
    const pair = [luminance(inPicture ? style.fill : style.color), luminance(groundOf(element))].sort((a, b) => b - a);
    const contrast = (pair[0] + 0.05) / (pair[1] + 0.05);
    return contrast < 4.5 ? [`${element.textContent?.trim().slice(0, 40)}: ${contrast.toFixed(2)}`] : [];
  });
}

/** How far the page can be scrolled sideways, in pixels. */
export function sidewaysScroll(): number {
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}
