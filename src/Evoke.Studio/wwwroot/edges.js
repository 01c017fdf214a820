// Rows that are wider than the page fade out on the side where more of them lies.

export function fadeEdges(...rows) {
  for (const row of rows) {
    const mark = () => {
      row.classList.toggle('more-left', row.scrollLeft > 1);
      row.classList.toggle('more-right', row.scrollLeft + row.clientWidth < row.scrollWidth - 1);
    };
    row.addEventListener('scroll', mark, { passive: true });
    new ResizeObserver(mark).observe(row);
    new MutationObserver(mark).observe(row, { childList: true, subtree: true, attributes: true, attributeFilter: ['hidden'] });
  }
}
