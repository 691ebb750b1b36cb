// Light, dark, or as the system says. Loaded before anything is drawn; the switch in the shell uses it too.
(() => {
  const place = 'tracetrack.theme';
  const read = () => {
    try {
      return localStorage.getItem(place) ?? 'auto';
    } catch {
      return 'auto'; // A browser that keeps nothing.
    }
  };
  /** @param {string} theme */
  const show = (theme) => {
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  };
  /** @type {any} */ (window).traceTrackTheme = {
    read,
    /** @param {string} theme */
    choose(theme) {
      try {
        localStorage.setItem(place, theme);
      } catch {
        // It holds until the page is closed.
      }
      show(theme);
    },
  };
  show(read());
})();
