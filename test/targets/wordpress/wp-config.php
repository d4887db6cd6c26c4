<?php
// A test site: SQLite, no calls outside, application passwords over plain http on loopback.
foreach (['DB_USER', 'DB_PASSWORD', 'DB_HOST', 'DB_COLLATE'] as $name) define($name, '');
define('DB_NAME', 'wordpress');
define('DB_CHARSET', 'utf8mb4');
define('WP_ENVIRONMENT_TYPE', 'local');
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISABLE_WP_CRON', true);
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
    define("{$name}_KEY", "test-only-$name");
    define("{$name}_SALT", "test-only-salt-$name");
}
define('WP_HOME', getenv('WP_URL') ?: 'http://127.0.0.1:8089');
define('WP_SITEURL', WP_HOME);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
