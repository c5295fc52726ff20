#include "doors/web/asset.h"

/* The file's bytes between two symbols, put there by the assembler. */
#define EMBED(name, file) \
	__asm__(".section .rodata\n.global " #name "_at, " #name "_end\n" #name "_at:\n" \
	        ".incbin \"" file "\"\n" #name "_end:\n.byte 0\n.previous\n")

EMBED(asset_style, "doors/web/asset/style.css");
EMBED(asset_script, "doors/web/asset/psirt.js");
EMBED(asset_icon, "doors/web/asset/favicon.svg");

bool asset_find(str path, struct asset *out)
{
	static const struct { const char *path, *type, *at, *end; } assets[] = {
		{ "/asset/style.css", "text/css; charset=utf-8", asset_style_at, asset_style_end },
		{ "/asset/psirt.js", "text/javascript; charset=utf-8", asset_script_at, asset_script_end },
		{ "/asset/favicon.svg", "image/svg+xml", asset_icon_at, asset_icon_end },
	};

	for (size_t i = 0; i < sizeof(assets) / sizeof(assets[0]); i++) {
		if (!str_eq(path, str_of(assets[i].path)))
			continue;
		*out = (struct asset){ str_of(assets[i].type),
		                       { assets[i].at, (size_t)(assets[i].end - assets[i].at) } };
		return true;
	}
	return false;
}
