//! One source manifest, one manifest for each browser.

use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::browsers::Browser;
use crate::process::root;

/// Where a manifest is going: the store assigns its own key, and refuses one that it did not make.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Channel {
    /// Loaded from a folder: the `key` fixes the extension's id.
    Unpacked,
    /// Handed to a store.
    Store,
}

/// The manifest for one browser, as text.
pub(crate) fn for_browser(browser: Browser, channel: Channel) -> Result<String> {
    let source = fs::read_to_string(root().join("manifest.json")).context("manifest.json cannot be read")?;
    let source: Value = serde_json::from_str(&source).context("manifest.json is not valid JSON")?;
    Ok(format!("{}\n", serde_json::to_string_pretty(&tailor(source, browser, channel))?))
}

/// Takes away what the other browser warns about, and sets the version of the workspace.
fn tailor(mut manifest: Value, browser: Browser, channel: Channel) -> Value {
    manifest["version"] = Value::from(env!("CARGO_PKG_VERSION"));
    let mut remove = |path: &[&str]| {
        let Some((last, parents)) = path.split_last() else { return };
        let parent = parents.iter().try_fold(&mut manifest, |value, key| value.get_mut(*key));
        if let Some(Value::Object(object)) = parent {
            object.shift_remove(*last);
        }
    };
    match browser {
        Browser::Chromium => {
            remove(&["background", "scripts"]);
            remove(&["browser_specific_settings"]);
            if channel == Channel::Store {
                remove(&["key"]);
            }
        }
        Browser::Firefox => {
            remove(&["background", "service_worker"]);
            remove(&["minimum_chrome_version"]);
            remove(&["key"]);
            // Firefox takes managed settings as they come, without a schema.
            remove(&["storage"]);
            if let Some(Value::Array(resources)) = manifest.get_mut("web_accessible_resources") {
                for resource in resources.iter_mut().filter_map(Value::as_object_mut) {
                    // Firefox gives every installation its own address already.
                    resource.shift_remove("use_dynamic_url");
                }
            }
        }
    }
    manifest
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn source() -> Value {
        json!({
            "key": "k", "version": "0", "minimum_chrome_version": "120",
            "background": { "service_worker": "b.js", "scripts": ["b.js"], "type": "module" },
            "storage": { "managed_schema": "s.json" },
            "web_accessible_resources": [{ "resources": ["panel.html"], "use_dynamic_url": true }],
            "browser_specific_settings": { "gecko": { "id": "x" } }
        })
    }

    #[test]
    fn each_browser_gets_only_its_own_keys() {
        let chromium = tailor(source(), Browser::Chromium, Channel::Unpacked);
        assert_eq!(chromium["background"], json!({ "service_worker": "b.js", "type": "module" }));
        assert_eq!(chromium["key"], "k");
        assert_eq!(chromium["storage"], json!({ "managed_schema": "s.json" }));
        assert!(chromium.get("browser_specific_settings").is_none());

        let firefox = tailor(source(), Browser::Firefox, Channel::Unpacked);
        assert_eq!(firefox["background"], json!({ "scripts": ["b.js"], "type": "module" }));
        assert!(firefox.get("key").is_none());
        assert!(firefox.get("storage").is_none());
        assert_eq!(firefox["web_accessible_resources"], json!([{ "resources": ["panel.html"] }]));
        assert_eq!(firefox["browser_specific_settings"]["gecko"]["id"], "x");
    }

    #[test]
    fn the_store_package_carries_no_key() {
        assert!(tailor(source(), Browser::Chromium, Channel::Store).get("key").is_none());
    }
}
