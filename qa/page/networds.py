"""What the articles page says around the address it fetches, in English and in French. None of it
is on the page unless the chat was started with --net.
"""

from __future__ import annotations

NET = {
    "en": {
        "address": "Web address, feed or sitemap",
        "fetch": "Fetch",
        "halt": "Stop",
        "stopping": "Stopping …",
        "halted": "Stopped. Give the same address again to go on.",
        "engaged": "An address is being fetched already: try again when it is done.",
    },
    "fr": {
        "address": "Adresse web, flux ou plan de site",
        "fetch": "Récupérer",
        "halt": "Arrêter",
        "stopping": "Arrêt …",
        "halted": "Arrêté. Redonnez la même adresse pour reprendre.",
        "engaged": "Une adresse est déjà en cours de récupération : réessayez ensuite.",
    },
}
