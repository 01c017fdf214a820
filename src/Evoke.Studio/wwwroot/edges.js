// Fades out rows that are wider than the page on the side where there is more to scroll to.

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
