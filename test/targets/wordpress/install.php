<?php
// php install.php SITE: installs WordPress and prints an application password for each role, as JSON.
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '127.0.0.1';
$_SERVER['REQUEST_URI'] = '/';
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
if (!is_blog_installed()) wp_install('Test blog', 'admin', 'admin@example.com', true, '', 'secret-admin');
update_option('permalink_structure', '/%postname%/');
flush_rewrite_rules();
update_option('timezone_string', 'Asia/Seoul');
$passwords = [];
foreach (['admin', 'editor', 'author', 'contributor'] as $name) {
    if (!username_exists($name)) {
        $user = new WP_User(wp_create_user($name, "secret-$name", "$name@example.com"));
        $user->set_role($name);
    }
    $id = get_user_by('login', $name)->ID;
    $passwords[$name] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'blogger'])[0];
}
echo "\n" . json_encode($passwords);
