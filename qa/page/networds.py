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
        "halted": "Stopped. The same address goes on from here.",
        "engaged": "An address is being fetched already: try again when it is done.",
    },
    "fr": {
        "address": "Adresse web, flux ou plan de site",
        "fetch": "Récupérer",
        "halt": "Arrêter",
        "stopping": "Arrêt …",
        "halted": "Arrêté. La même adresse reprendra d'ici.",
        "engaged": "Une adresse est déjà en cours de récupération : réessayez ensuite.",
    },
}
