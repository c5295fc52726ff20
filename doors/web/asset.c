#include "doors/web/asset.h"

/* The file's bytes between two symbols, put there by the assembler. */
#define EMBED(name, file) \
	__asm__(".section .rodata\n.global " #name "_at, " #name "_end\n" #name "_at:\n" \
	        ".incbin \"" file "\"\n" #name "_end:\n.byte 0\n.previous\n"); \
	extern const char name##_at[], name##_end[]

EMBED(asset_style, "doors/web/asset/style.css");
EMBED(asset_script, "doors/web/asset/psirt.js");
EMBED(asset_icon, "doors/web/asset/favicon.svg");

const struct asset *asset_find(str path)
{
	static struct asset assets[] = {
		{ "/asset/style.css", "text/css; charset=utf-8", { 0 } },
		{ "/asset/psirt.js", "text/javascript; charset=utf-8", { 0 } },
		{ "/asset/favicon.svg", "image/svg+xml", { 0 } },
	};
	const char *const range[][2] = {
		{ asset_style_at, asset_style_end },
		{ asset_script_at, asset_script_end },
		{ asset_icon_at, asset_icon_end },
	};

	for (size_t i = 0; i < 3; i++)
		if (str_eq(path, str_of(assets[i].path))) {
			assets[i].bytes = (str){ range[i][0], (size_t)(range[i][1] - range[i][0]) };
			return &assets[i];
		}
	return NULL;
}
