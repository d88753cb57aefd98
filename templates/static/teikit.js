// Optional. A link to a place of a text that goes on on several pages leads on at once.
{
  const go = () => {
    const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const link = place && place.closest(".tk-places") && place.querySelector("a");
    if (link) location.replace(link.href);
  };
  go();
  addEventListener("hashchange", go);
}
